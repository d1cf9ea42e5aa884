"""The program: settings, HTTP, sign-in, command line."""
