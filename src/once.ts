/** A loader that loads once: whoever asks again gets what is there. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
	let loaded: Promise<T> | undefined;
	return () => {
		loaded ??= load();
		return loaded;
	};
}
