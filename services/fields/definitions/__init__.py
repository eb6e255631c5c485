"""One module for each service field, in print order. Registered in `services.fields.registry`."""
