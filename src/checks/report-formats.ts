export const reportFormats = ["junit", "markdown", "json"] as const;
export type ReportFormat = (typeof reportFormats)[number];
