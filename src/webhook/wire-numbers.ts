/** A number literal as Python's `json.loads` and `json.dumps` would bring it back. */
export function pythonNumber(literal: string): string {
	if (isInteger(literal)) return literal === "-0" ? "0" : literal;
	const value = Number(literal);
	if (!Number.isFinite(value)) return value < 0 ? "-Infinity" : "Infinity";
	const { sign, digits, exponent } = shortest(value);
	if (exponent < -4 || exponent >= 16)
		return `${sign}${fraction(digits, "")}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
	const plain = positional(digits, exponent);
	return `${sign}${plain}${plain.includes(".") ? "" : ".0"}`;
}

const phpInteger = { least: -(2n ** 63n), greatest: 2n ** 63n - 1n };

/** The same for PHP's `json_decode` and `json_encode`: 64-bit integers, no trailing `.0`. */
export function phpNumber(literal: string): string {
	if (isInteger(literal)) {
		const value = BigInt(literal);
		if (value >= phpInteger.least && value <= phpInteger.greatest)
			return String(value);
	}
	const value = Number(literal);
	// PHP refuses to encode an infinity; with partial output it writes 0.
	if (!Number.isFinite(value)) return "0";
	const { sign, digits, exponent } = shortest(value);
	if (exponent < -4 || exponent >= 17)
		return `${sign}${fraction(digits, ".0")}e${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
	return `${sign}${positional(digits, exponent)}`;
}

function isInteger(literal: string): boolean {
	return /^-?\d+$/.test(literal);
}

/** The fewest decimal digits that name a double; its value is d.ddd × 10^exponent. */
function shortest(value: number) {
	const [mantissa = "", exponent = ""] = Math.abs(value)
		.toExponential()
		.split("e");
	return {
		sign: value < 0 || Object.is(value, -0) ? "-" : "",
		digits: mantissa.replace(".", ""),
		exponent: Number(exponent),
	};
}

function fraction(digits: string, whenWhole: string): string {
	return digits.length > 1
		? `${digits[0]}.${digits.slice(1)}`
		: `${digits}${whenWhole}`;
}

function positional(digits: string, exponent: number): string {
	if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
	const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
	const rest = digits.slice(exponent + 1);
	return rest ? `${whole}.${rest}` : whole;
}
