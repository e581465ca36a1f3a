import { Skeleton } from '@mantine/core';
import classes from './OpenLead.module.css';

/** The shape of a lead: its name, how to reach it, its message and its timeline. */
export const LeadSkeleton = () => (
  <div className={classes['skeleton']}>
    <Skeleton height={22} width="44%" />
    <Skeleton height={5} />
    <Skeleton height={12} width="62%" />
    <Skeleton height={42} radius="md" />
    <Skeleton height={92} radius="md" />
    <Skeleton height={14} width="24%" />
    <Skeleton height={12} width="52%" />
    <Skeleton height={12} width="46%" />
  </div>
);
