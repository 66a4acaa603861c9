/**
 * A seed of that many accounts, each with its page, five pictures and ten
 * comments; always the same for the same number.
 */
export function generatedSeed(count: number): object {
	const numbers = Array.from({ length: count }, (_, index) => index + 1);
	return {
		accounts: numbers.map((n) => ({
			id: accountId(n),
			username: username(n),
			name: `Account ${n}`,
		})),
		pages: numbers.map((n) => ({
			id: `2100000000${padded(n, 6)}`,
			name: `Page ${n}`,
			accountId: accountId(n),
		})),
		media: numbers.flatMap((n) =>
			[1, 2, 3, 4, 5].map((picture) => ({
				id: mediaId(n, picture),
				owner: username(n),
				caption: `Picture ${picture} of account ${n}`,
			})),
		),
		comments: numbers.flatMap((n) =>
			[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((comment) => ({
				id: `178${padded(n, 6)}${padded(comment, 8)}`,
				mediaId: mediaId(n, ((comment - 1) % 5) + 1),
				from: `visitor.${comment}`,
				text: `Comment ${comment} for account ${n}`,
			})),
		),
	};
}

function accountId(n: number): string {
	return `17841500${padded(n, 9)}`;
}

function username(n: number): string {
	return `account.${n}`;
}

function mediaId(n: number, picture: number): string {
	return `179${padded(n, 6)}${padded(picture, 8)}`;
}

function padded(n: number, digits: number): string {
	return String(n).padStart(digits, "0");
}
