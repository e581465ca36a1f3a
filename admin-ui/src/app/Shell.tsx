import { Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { Pending } from '~/app/ErrorPage';

export const Shell = () => (
  <Suspense fallback={<Pending />}>
    <Outlet />
  </Suspense>
);
