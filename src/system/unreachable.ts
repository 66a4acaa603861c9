import { type OutgoingRequest, UnreachableError } from "../world.ts";

type NetworkError = Error & { code?: string };

/** Why a request got no answer, in words. */
export function unreachable(
	error: NetworkError,
	{ timeoutMs, url }: Pick<OutgoingRequest, "timeoutMs" | "url">,
): UnreachableError {
	const { host } = new URL(url);
	const { code = "", name, message } = error;
	if (code === "ECONNREFUSED")
		return new UnreachableError("refused", `nothing listens at ${host}`);
	if (/^(AbortError|TimeoutError)$/.test(name) || code === "ETIMEDOUT")
		return new UnreachableError(
			"timeout",
			`${host} did not answer within ${timeoutMs / 1000} s`,
		);
	if (certificateError.test(code))
		return new UnreachableError(
			"certificate",
			`the certificate of ${host} is not trusted: ${message}`,
		);
	return failure(error, new URL(url));
}

function failure(
	{ code = "", name, message }: NetworkError,
	{ host, hostname, protocol }: URL,
): UnreachableError {
	const failed = (message: string, hint?: string) =>
		new UnreachableError("failed", message, hint);
	if (hostNotFound.has(code))
		return failed(
			`the host ${hostname} was not found (${code})`,
			"check the spelling of the host name, and the network",
		);
	if (code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "EPROTO")
		return failed(
			`${host} does not speak TLS`,
			`is it plain HTTP? Then use http://${host}`,
		);
	if (noRoute.has(code))
		return failed(
			`the network has no route to ${host} (${code})`,
			"check the network, and the VPN if there is one",
		);
	if (hungUp.has(code))
		return failed(`${host} closed the connection without a complete answer`);
	if (name === "HTTPParserError" || code.startsWith("HPE_"))
		return failed(
			`${host} does not answer in HTTP`,
			protocol === "http:"
				? `does it expect TLS? Then use https://${host}`
				: undefined,
		);
	return failed(`${host} could not be reached: ${code || message}`);
}

const hostNotFound = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL"]);
const noRoute = new Set(["EHOSTUNREACH", "ENETUNREACH", "ENETDOWN"]);
const hungUp = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** OpenSSL's errors about a certificate chain, and Node's about the name. */
const certificateError =
	/^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_|ERR_TLS_CERT_)/;
