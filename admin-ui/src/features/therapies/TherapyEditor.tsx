export const TherapyEditor = ({ id }: { id: string }) => <main aria-label={id} />;
