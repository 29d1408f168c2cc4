"""What a bank knows of the shared bank that it follows."""
