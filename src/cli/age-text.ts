/** `just now`, `5 min ago`, `3 h ago`, `12 days ago`, `8 years ago`. */
export function ageText(seconds: number): string {
	for (const [unit, length] of units) {
		const count = Math.floor(seconds / length);
		if (count >= 1)
			return `${count} ${unit}${count > 1 && unit.length > 3 ? "s" : ""} ago`;
	}
	return "just now";
}

const units = [
	["year", 365 * 86_400],
	["day", 86_400],
	["h", 3600],
	["min", 60],
] as const;
