"""The commands of ``python -m voice``, one file each."""
