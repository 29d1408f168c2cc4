"""What tests share: a tiny encoder and fictional texts."""
