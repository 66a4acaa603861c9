export interface ReadyRecord {
	type: "ready";
	localUrl: string;
	/** What to subscribe: the public URL with the path, or the local one without a tunnel. */
	callbackUrl: string;
	publicUrl: string | null;
	inspectorUrl: string | null;
	verifyToken: string;
}
