/** The server's sentences by field: `["input","content","title"]` belongs to the form field named by its last part. */
export const fieldErrors = (
  userErrors: { message: string; path: string[] }[],
  fields: string[],
): { byField: Record<string, string>; rest: string[] } => {
  const byField: Record<string, string> = {};
  const rest: string[] = [];
  for (const { message, path } of userErrors) {
    const field = path.findLast((part) => fields.includes(part));
    if (field === undefined) rest.push(message);
    else byField[field] ??= message;
  }
  return { byField, rest };
};
