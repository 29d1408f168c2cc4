"""The screens in a browser, for who may install nothing."""
