export * from './charts/bar-chart.tsx';
export * from './charts/sparkline.tsx';
export * from './charts/stat-tile.tsx';
export { cn } from './cn.ts';
export * from './controls/button.tsx';
export * from './controls/checkbox.tsx';
export * from './controls/copy-button.tsx';
export * from './controls/count-characters.ts';
export { Field, type FieldProps } from './controls/field.tsx';
export * from './controls/icon-button.tsx';
export * from './controls/input.tsx';
export * from './controls/radio-cards.tsx';
export * from './controls/select.tsx';
export * from './controls/show-more.tsx';
export * from './controls/switch.tsx';
export * from './controls/textarea.tsx';
export * from './feedback/empty-state.tsx';
export * from './feedback/error-state.tsx';
export * from './feedback/meter.tsx';
export * from './feedback/notice.tsx';
export * from './feedback/progress.tsx';
export * from './feedback/receipt.tsx';
export * from './feedback/skeleton.tsx';
export * from './feedback/spinner.tsx';
export * from './feedback/step-progress.tsx';
export * from './layout/avatar.tsx';
export * from './layout/badge.tsx';
export * from './layout/breadcrumbs.tsx';
export * from './layout/card.tsx';
export * from './layout/container.tsx';
export * from './layout/kbd.tsx';
export * from './layout/nav-item.tsx';
export * from './layout/page-header.tsx';
export * from './layout/separator.tsx';
export * from './layout/skip-link.tsx';
export * from './layout/tabs.tsx';
export * from './layout/visually-hidden.tsx';
export * from './media/before-after.tsx';
export * from './media/drop-zone.tsx';
export * from './media/file-preview.tsx';
export * from './media/masonry-grid.tsx';
export * from './media/picture.tsx';
export * from './media/refuse-file.ts';
export * from './media/thumbhash-to-data-url.ts';
export * from './overlays/alert-dialog.tsx';
export {
  Dialog,
  DialogClose,
  DialogContent,
  type DialogContentProps,
  DialogTrigger,
} from './overlays/dialog.tsx';
export * from './overlays/dropdown-menu.tsx';
export * from './overlays/popover.tsx';
export * from './overlays/toast.tsx';
export * from './overlays/tooltip.tsx';
export * from './theme/logo.tsx';
export * from './theme/theme.ts';
export * from './theme/theme-script.tsx';
export * from './theme/theme-switch.tsx';
