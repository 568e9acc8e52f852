"""Small steps for writing XML with one namespace and no prefix."""

import re
from xml.etree import ElementTree as ET

# XML 1.0 knows no control characters; they cannot be written even as references.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def add(parent: ET.Element, namespace: str, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{namespace}}}{name}", attributes)
    element.text = _FORBIDDEN.sub("", text) or None
    return element


def write_tree(root: ET.Element, namespace: str) -> bytes:
    """The document with its declaration, indented, the namespace as default."""
    ET.register_namespace("", namespace)
    ET.indent(root)
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + body + b"\n"
