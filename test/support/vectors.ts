import { readdirSync, readFileSync } from "node:fs";

/** Deliveries with known bytes and signatures, computed independently in two languages. */
export const vectorSecret = "igwh_test_app_secret_0123456789abcdef";

export const vectors = [
	{
		name: "a live comment",
		style: "changes",
		bytes: 338,
		wire: String.raw`{"entry": [{"id": "17841400000000001", "time": 1760000000, "changes": [{"value": {"from": {"id": "1234567890123456", "username": "test.user"}, "media": {"id": "17900000000000001", "media_product_type": "FEED"}, "id": "17900000000000002", "text": "caf\u00e9 \ud83d\udc51 a/b <b> 100% @you"}, "field": "comments"}]}], "object": "instagram"}`,
		sha1: "590fc600a891a8636b3db494d5678db5b2019db1",
		sha256: "6888309823fca9c018686bd136beae208c5a008316bea02da6a6113a883ee1f7",
		restringified:
			"61b38e7cb41e222a1767ce3f207a63673583e2448105b53c3546c2973dced1bd",
	},
	{
		name: "a live direct message",
		style: "messaging",
		bytes: 262,
		wire: String.raw`{"object":"instagram","entry":[{"time":1760000000123,"id":"17841400000000001","messaging":[{"sender":{"id":"1234567890123456"},"recipient":{"id":"17841400000000001"},"timestamp":1760000000001,"message":{"mid":"aWdfTEST","text":"caf\u00e9 \ud83d\udc51 a\/b"}}]}]}`,
		sha1: "143aa4ac8133961e53c23afecf7455804d3c6eb2",
		sha256: "8d7add288e774fae45cee251c1bfdb7b3ceb30748f56d41aae1490c584f220bb",
		restringified:
			"caa9ecbd2c10d99efa334d5d40b5446c435be18edb7db17da5da437013e320e9",
	},
	{
		name: "a dashboard Test of mentions",
		style: "changes",
		bytes: 182,
		wire: '{"entry": [{"id": "0", "time": 1760000000, "changes": [{"field": "mentions", "value": {"media_id": "17887498072083520", "comment_id": "17887498072083520"}}]}], "object": "instagram"}',
		sha1: "8694bc5add35d3da8b78e42c5f5c25f50d7fb681",
		sha256: "3ef88899bb221adfd98a539685304adfb5e1e715c2fdcbe0297d1f84fb19cdd9",
		restringified: undefined,
	},
] as const;

/** `appsecret_proof` of the token EAATESTTOKEN with the same secret. */
export const vectorProof = {
	token: "EAATESTTOKEN",
	proof: "a29cd4fcb9df943535a95b17f0053cb933b2c640641c0d55e402f2bcb041711e",
} as const;

const folder = new URL("../../fixtures/", import.meta.url);

/** Every payload file of `fixtures/`. */
export const fixtureNames = readdirSync(folder, { withFileTypes: true })
	.filter((file) => file.isFile() && !file.name.endsWith(".md"))
	.map(({ name }) => name);

export function fixtureText(name: string): string {
	return readFileSync(new URL(name, folder), "utf8");
}
