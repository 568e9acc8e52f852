"""link: which reports are one offender, with the reasons."""
