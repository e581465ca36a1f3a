import {
  IconAlignLeft,
  IconChartBar,
  IconForms,
  IconHeading,
  IconHelp,
  IconInfoCircle,
  IconLayoutGrid,
  IconLayoutList,
  IconLink,
  IconList,
  IconMapPin,
  IconPhone,
  IconPhoto,
  IconQuote,
  IconShape,
  IconTable,
  IconUrgent,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';

/** Icons by the names that kinds give them. A name that is not here gets a plain shape, never nothing. */
const icons: { readonly [name: string]: TablerIcon } = {
  'align-left': IconAlignLeft,
  'chart-bar': IconChartBar,
  forms: IconForms,
  heading: IconHeading,
  help: IconHelp,
  'info-circle': IconInfoCircle,
  'layout-grid': IconLayoutGrid,
  'layout-list': IconLayoutList,
  link: IconLink,
  list: IconList,
  'map-pin': IconMapPin,
  phone: IconPhone,
  photo: IconPhoto,
  quote: IconQuote,
  table: IconTable,
  urgent: IconUrgent,
  user: IconUser,
};

export const iconOf = (name: string | undefined): TablerIcon => icons[name ?? ''] ?? IconShape;
