"""What happens to units: it knows tools/, and never a feature."""
