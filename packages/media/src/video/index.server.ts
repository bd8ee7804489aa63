export { encodeVideo, type VideoFrames } from './encode-video.ts';
export { posterOf } from './poster-of.ts';
export { probeVideo, type VideoFacts } from './probe-video.ts';
export { VideoError, type VideoFault } from './video-error.ts';
