"""What people type, without an account or with one."""
