"""What the workbench shows: panes that follow the model and post messages."""
