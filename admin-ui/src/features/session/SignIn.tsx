export const SignIn = () => (
  <main>
    <h1>SignIn</h1>
  </main>
);
