export const PageEditor = ({ id }: { id: string }) => <main aria-label={id} />;
