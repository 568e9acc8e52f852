"""What comes in from partners and what goes out to them, in their own forms."""
