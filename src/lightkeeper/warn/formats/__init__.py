"""One warning, many forms. Each form is an outline or a text; four renderers turn outlines into files."""
