/** The frameworks whose code the hints show. */
export const frameworks = [
	"express",
	"fastify",
	"next",
	"hono",
	"django",
	"flask",
	"laravel",
	"rails",
] as const;

export type Framework = (typeof frameworks)[number];
