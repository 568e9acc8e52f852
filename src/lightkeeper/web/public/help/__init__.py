"""The help pages of the public site: what to do now, who can help, how to get a picture taken down."""
