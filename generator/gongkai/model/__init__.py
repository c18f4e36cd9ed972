"""What a record is: pydantic models, one module a kind, and the only source of the JSON Schemas."""
