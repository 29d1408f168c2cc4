"""What the screens show of others: only where the bank follows a shared one."""
