"""Settings: one YAML file, strictly checked."""
