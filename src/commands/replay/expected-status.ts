import { type Reader, Unreadable } from "../../readers/reader.ts";

/** The statuses that count as success, e.g. `2xx` or `401|403`. */
export interface ExpectedStatus {
	text: string;
	includes(status: number): boolean;
}

export const expectedStatus: Reader<ExpectedStatus> = {
	example: "401|403",
	read: (text) => {
		if (!/^[1-5]([0-9]{2}|xx)(\|[1-5]([0-9]{2}|xx))*$/.test(text))
			throw new Unreadable("is not a status", {
				give: "a status, a class such as 2xx, or several",
			});
		const pattern = new RegExp(`^(${text.replaceAll("xx", "\\d\\d")})$`);
		return { text, includes: (status) => pattern.test(String(status)) };
	},
};
