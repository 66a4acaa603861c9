/** No error page puts its message later than this. */
const readCharacters = 10_000;

/** The first lines of a text; of an HTML page the stack it shows, or its heading. */
export function firstWords(body: string, maxLines: number): string {
	const start = body.slice(0, readCharacters).trim();
	return (isPage(start) ? pageText(start) : start)
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter(Boolean)
		.slice(0, maxLines)
		.map((line) => line.slice(0, 200))
		.join(" | ");
}

function isPage(text: string): boolean {
	return /^<(!doctype|html|head|body|h\d|title|pre|p|div)\b/i.test(text);
}

/** What a framework's error page says: its stack, else its heading, else its title. */
function pageText(page: string): string {
	for (const tag of ["pre", "h1", "h2", "title"]) {
		const found = new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, "is").exec(page);
		const text = plainText(found?.[1] ?? "");
		if (text) return text;
	}
	return "";
}

function plainText(markup: string): string {
	return markup
		.replace(/<br\s*\/?>/gi, "\n")
		.replace(/<[^>]*>/g, "")
		.replace(/&(nbsp|lt|gt|quot|#39|amp);/g, (_, name) => entities[name] ?? "")
		.trim();
}

const entities: Readonly<Record<string, string>> = {
	nbsp: " ",
	lt: "<",
	gt: ">",
	quot: '"',
	"#39": "'",
	amp: "&",
};
