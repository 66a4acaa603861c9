import { expect, test } from "vitest";
import { batchOf } from "../../src/payloads/batch.ts";
import { readFixture } from "../../src/payloads/fixture.ts";
import { parseDelivery } from "../../src/webhook/delivery.ts";
import { duplicateKey } from "../../src/webhook/duplicate-key.ts";
import { compactJson } from "../../src/webhook/json-text.ts";
import { fixtureNames, fixtureText } from "../support/vectors.ts";

const read = (text: string) => readFixture(text)[0]?.json ?? "";

test.each([
	[
		"a mention, one an entry",
		'{"entry": [{"id": "17841405726653026", "time": 1, "changes": [{"value": {"media_id": "17918195224117851", "comment_id": "17894227972186120"}, "field": "mentions"}]}], "object": "instagram"}',
		3,
		'{"entry":[{"id":"17841405726653026","time":1,"changes":[{"value":{"media_id":"17918195224117851","comment_id":"17894227972186120"},"field":"mentions"}]},{"id":"17841405726653026","time":1,"changes":[{"value":{"media_id":"17918195225117854","comment_id":"17894227973186123"},"field":"mentions"}]},{"id":"17841405726653026","time":1,"changes":[{"value":{"media_id":"17918195226117857","comment_id":"17894227974186126"},"field":"mentions"}]}],"object":"instagram"}',
	],
	[
		"a message: who and whom stay, what and when differ",
		'{"entry":[{"id":"17841405726653026","messaging":[{"sender":{"id":"1038467215904837"},"recipient":{"id":"17841405726653026"},"timestamp":5,"message":{"mid":"m","text":"x"}}]}]}',
		2,
		'{"entry":[{"id":"17841405726653026","messaging":[{"sender":{"id":"1038467215904837"},"recipient":{"id":"17841405726653026"},"timestamp":5,"message":{"mid":"m","text":"x"}}]},{"id":"17841405726653026","messaging":[{"sender":{"id":"1038467215904837"},"recipient":{"id":"17841405726653026"},"timestamp":6,"message":{"mid":"m-1","text":"x"}}]}]}',
	],
	[
		"several changes in turn, the last round cut short",
		'{"entry":[{"id":"1","changes":[{"field":"a"},{"field":"b"}]},{"id":"2","standby":[{}]}]}',
		5,
		'{"entry":[{"id":"1","changes":[{"field":"a"}]},{"id":"1","changes":[{"field":"b"}]},{"id":"2","standby":[{}]},{"id":"1","changes":[{"field":"a"}]},{"id":"1","changes":[{"field":"b"}]}]}',
	],
	[
		"a flat entry",
		'{"entry":[{"id":"1","field":"a"}]}',
		2,
		'{"entry":[{"id":"1","field":"a"},{"id":"1","field":"a"}]}',
	],
	["nothing to repeat", '{"entry": []}', 5, '{"entry": []}'],
	["none wanted", '{"entry":[{"id":"1","changes":[{}]}]}', 0, '{"entry":[]}'],
])("%s", (_name, json, count, batch) => {
	expect(compactJson(batchOf(read(json), count))).toBe(compactJson(batch));
});

test.each([
	[
		"numbers as written",
		'{"entry":[{"id":1e2,"changes":[{"id":17841405309211845,"x":1.0}]}]}',
		'{"entry":[{"id":1e2,"changes":[{"id":17841405309211845,"x":1.0}]},{"id":1e2,"changes":[{"id":17841405309211845,"x":1.0}]}]}',
	],
	[
		"timestamps above 2^53",
		'{"entry":[{"messaging":[{"timestamp":9007199254740993}]}]}',
		'{"entry":[{"messaging":[{"timestamp":9007199254740993}]},{"messaging":[{"timestamp":9007199254740994}]}]}',
	],
	[
		"an account whose id looks like a comment's",
		'{"entry":[{"id":"17841405726653026","changes":[{"to":"17841405726653026"}]}]}',
		'{"entry":[{"id":"17841405726653026","changes":[{"to":"17841405726653026"}]},{"id":"17841405726653026","changes":[{"to":"17841405726653026"}]}]}',
	],
	[
		"of two entry lists the last",
		'{"entry":[],"entry":[{"id":"2","changes":[{}]}]}',
		'{"entry":[],"entry":[{"id":"2","changes":[{}]},{"id":"2","changes":[{}]}]}',
	],
])("keeps %s", (_name, json, batch) => {
	expect(batchOf(read(json), 2)).toBe(batch);
});

const changesOf = (json: string) => parseDelivery(Buffer.from(json)).changes;

test.each(fixtureNames)(
	"100 of %s happen to one account, none twice",
	(name) => {
		const payload = read(fixtureText(name));
		const [first] = changesOf(compactJson(payload));
		const changes = changesOf(batchOf(payload, 100));
		expect(changes[0]).toEqual(first);
		expect(new Set(changes.map(duplicateKey)).size).toBe(100);
		expect(
			new Set(changes.map(({ accountId, field }) => `${accountId} ${field}`)),
		).toEqual(new Set([`${first?.accountId} ${first?.field}`]));
	},
);

test("Meta's largest batch is a thousand things, their ids still 17 digits", () => {
	const batch = batchOf(read(fixtureText("mentions.json")), 1000);
	const ids = batch.match(/"\d+"/g) ?? [];
	expect(new Set(changesOf(batch).map(duplicateKey)).size).toBe(1000);
	expect(new Set(ids.map(({ length }) => length))).toEqual(new Set([19]));
	expect(ids).toHaveLength(3000);
});
