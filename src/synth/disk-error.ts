/** Why the disk refused, in words. */
export function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'EROFS':
      return 'the file system is read-only';
    case 'ENOENT':
      return 'the folder has vanished';
    case 'ENOTDIR':
      return 'a file is in the place of a folder';
    case 'EISDIR':
      return 'a folder is in the place of the file';
    default:
      return message;
  }
}

/** The result of `work`, or of nothing where it throws. */
export function safely<T, F>(work: () => T, otherwise: F): T | F {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
