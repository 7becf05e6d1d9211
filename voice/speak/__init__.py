"""Reply to sound: spoken text, voices, loudspeaker."""
