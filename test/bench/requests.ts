import { deliveryHeaders } from "../../src/webhook/meta-request.ts";

export const secret = "igwh_test_app_secret_0123456789abcdef";

/** A comment as Meta delivers it, signed; every number is another one. */
export function signedComment(number: number) {
	const body = Buffer.from(
		`{"entry": [{"id": "17841400000000001", "time": 1760000000, "changes": [{"value": {"from": {"id": "1234567890123456", "username": "test.user"}, "media": {"id": "17900000000000001", "media_product_type": "FEED"}, "id": "${17_900_000_000_000 + number}", "text": "caf\\u00e9 \\ud83d\\udc51 a/b <b> 100% @you"}, "field": "comments"}]}], "object": "instagram"}`,
	);
	return { body, headers: deliveryHeaders(body, "changes", secret) };
}
