/** The versions that live, oldest first (README: Versions and headers). */
const livingVersions = [21, 22, 23, 24, 25, 26];

/** What a call without a version is served as: the sandbox app's dashboard setting. */
export const defaultVersion = "v25.0";

/**
 * The version that serves a call for `v21.0`: the oldest living one for a dead
 * one, nothing for one that never was.
 */
export function servedVersion(requested: string): string | undefined {
	const [, major] = /^v(\d{1,2})\.\d$/.exec(requested) ?? [];
	if (major === undefined) return undefined;
	const oldest = livingVersions[0] as number;
	if (Number(major) < oldest) return `v${oldest}.0`;
	return livingVersions.includes(Number(major)) ? `v${major}.0` : undefined;
}
