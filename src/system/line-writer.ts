import { OutputClosedError } from "../world.ts";

export interface LineWriter {
	/** Writes a text; false where the stream should be given time before more. */
	write(text: string): boolean;
	/** How many bytes wait in this process. */
	waiting(): number;
	/** Resolves when the stream accepts more output, or never will. */
	room(): Promise<void>;
	/** Resolves when all output has left this process. */
	flush(): Promise<void>;
	/** Why it accepts no more output. */
	failure(): OutputClosedError | undefined;
}

/** Writes to a standard stream, which may be slow, closed or blocked; never throws. */
export function lineWriter(stream: NodeJS.WriteStream): LineWriter {
	let failure: OutputClosedError | undefined;
	let wake = () => {};
	stream.on("error", (error: NodeJS.ErrnoException) => {
		failure ??= closedError(error, stream);
		wake();
	});
	stream.on("drain", () => wake());
	stopBlocking(stream);
	return {
		write: (text) => failure !== undefined || stream.write(text),
		waiting: () => stream.writableLength,
		room: () =>
			new Promise((resolve) => {
				if (failure || !stream.writableNeedDrain) resolve();
				else wake = resolve;
			}),
		flush: async () => {
			if (!failure && stream.writableLength > 0)
				await new Promise<void>((resolve) => stream.write("", () => resolve()));
			// A failure to write is reported a little later.
			await new Promise(setImmediate);
		},
		failure: () => failure,
	};
}

function closedError(
	{ code = "", message }: NodeJS.ErrnoException,
	stream: NodeJS.WriteStream,
): OutputClosedError {
	if (["EPIPE", "ECONNRESET", "ENOTCONN"].includes(code))
		return new OutputClosedError("reader", message);
	return new OutputClosedError(stream.isTTY ? "terminal" : "failed", message);
}

/**
 * Node writes to a terminal synchronously: one that is not read (a lost SSH
 * connection, Ctrl-S) would stop the whole process, deliveries and Ctrl-C too.
 */
function stopBlocking(stream: NodeJS.WriteStream): void {
	if (!stream.isTTY || process.platform === "win32") return;
	const { _handle } = stream as {
		_handle?: { setBlocking?(blocking: boolean): void };
	};
	_handle?.setBlocking?.(false);
}
