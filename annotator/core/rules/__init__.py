"""The validation rules of each layer."""
