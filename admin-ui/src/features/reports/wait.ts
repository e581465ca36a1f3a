/** How long a wait is as one says it: its two largest units. */
export const waitWords = (seconds: number): string => {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const rest = seconds % 60;
  const two = (one: string, many: number, unit: string) => (many === 0 ? one : `${one} ${many} ${unit}`);
  if (days > 0) return two(`${days} d`, hours, 'h');
  if (hours > 0) return two(`${hours} h`, minutes, 'min');
  if (minutes > 0) return two(`${minutes} min`, rest, 's');
  return `${rest} s`;
};
