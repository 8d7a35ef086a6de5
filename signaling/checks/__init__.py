"""The doctor: looks at everything around the service, and says of each fault what to do."""
