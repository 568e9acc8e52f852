"""Made-up material in its finished form, made by the commands themselves."""
