"""What the program is put through: kills, damage, full disks, races, hostile files, edits in Word."""
