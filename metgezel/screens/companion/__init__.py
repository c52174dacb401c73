"""The companion's screens: today, a person and her plan, something happened."""
