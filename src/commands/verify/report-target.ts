import {
	type ReportFormat,
	reportFormats,
} from "../../checks/report-formats.ts";
import { oneOf } from "../../readers/name.ts";
import { type Reader, Unreadable } from "../../readers/reader.ts";

/** A report to write, and its file. */
export interface ReportTarget {
	format: ReportFormat;
	file: string;
}

const format = oneOf(reportFormats);

/** `junit=verify.xml` */
export const reportTarget: Reader<ReportTarget> = {
	example: "junit=verify.xml",
	read: (text) => {
		const [name = "", file] = text.split(/=(.*)/s);
		if (!file)
			throw new Unreadable("does not name a format and a file", {
				give: `one of ${reportFormats.join(", ")}, and a file`,
			});
		return { format: format.read(name), file };
	},
};
