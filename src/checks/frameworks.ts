/** The frameworks for which fixes have code. */
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
