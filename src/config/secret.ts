/** A value that prints itself redacted; only `reveal` returns it. */
export class Secret {
	readonly #value: string;

	constructor(value: string) {
		this.#value = value;
	}

	reveal(): string {
		return this.#value;
	}

	toString(): string {
		return "[redacted]";
	}

	toJSON(): string {
		return "[redacted]";
	}

	[Symbol.for("nodejs.util.inspect.custom")](): string {
		return "[redacted]";
	}
}
