package io.burnish.intake;

import io.burnish.directory.RefusedDirectoryException;
import io.burnish.intake.DirectoryFiles.TooLargeDirectoryException;
import io.burnish.intake.Intake.Upload;
import io.burnish.intake.JobRequest.RequestFile;
import io.burnish.intake.body.MalformedBodyException;
import io.burnish.intake.body.SpooledBody;
import io.burnish.intake.records.InvalidJobException;
import io.burnish.intake.records.InvalidJobException.FieldError;
import io.burnish.intake.records.RecordLimits;
import io.burnish.intake.records.RecordList;
import io.burnish.intake.records.RecordReader;
import io.burnish.record.Excerpt;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Reads the files of a request. A file that can't be read is rejected alone. Thread-safe. */
final class RequestFiles {

  /** Source: RFC 1952, ID1 and ID2. */
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private final DirectoryFiles directories;

  RequestFiles(DirectoryFiles directories) {
    this.directories = directories;
  }

  /**
   * The files of uploads.
   *
   * @throws InvalidJobException when there is none, or none can be read
   */
  List<RequestFile> ofUploads(List<Upload> uploads, RecordLimits limits) {
    List<RequestFile> files = uploads.stream().map(upload -> read(upload, limits)).toList();
    if (files.isEmpty()) {
      throw new InvalidJobException(
          List.of(new FieldError("file", "upload at least one part named file")));
    }
    requireOneAccepted(files);
    return files;
  }

  /**
   * The request with the files of its data directory, which are copied to the spool directory.
   *
   * @param spool creates a body for a copy
   * @throws InvalidJobException when the directory is refused, or none of its files can be read
   */
  JobRequest ofDirectory(
      JobRequest request, Poster poster, RecordLimits counted, Supplier<SpooledBody> spool) {
    try {
      DirectoryFiles.Copied copied =
          directories.copy(String.valueOf(request.dataDir()), poster.directories(), spool);
      List<RequestFile> files =
          copied.files().stream()
              .map(
                  file ->
                      file.error().isEmpty()
                          ? read(file.upload(), counted)
                          : new RequestFile(file.upload().name(), null, file.error()))
              .toList();
      requireOneAccepted(files);
      return request.in(copied.path(), files);
    } catch (RefusedDirectoryException | TooLargeDirectoryException e) {
      throw new InvalidJobException(
          List.of(new FieldError("dataDir", String.valueOf(e.getMessage()))));
    }
  }

  private static void requireOneAccepted(List<RequestFile> files) {
    if (files.stream().allMatch(file -> file.error() != null)) {
      throw new InvalidJobException(
          files.stream()
              .map(file -> new FieldError(Excerpt.of(file.name()), String.valueOf(file.error())))
              .toList());
    }
  }

  private static RequestFile read(Upload upload, RecordLimits limits) {
    try {
      refuseGzip(upload.body());
      RecordList records =
          upload.lines()
              ? RecordReader.readLines(upload.body(), limits)
              : RecordReader.readFile(upload.body(), limits);
      return new RequestFile(upload.name(), records, null);
    } catch (MalformedBodyException e) {
      return new RequestFile(upload.name(), null, String.valueOf(e.getMessage()));
    }
  }

  private static void refuseGzip(SpooledBody body) {
    if (Arrays.equals(body.bytes(0, GZIP.length), GZIP)) {
      throw new MalformedBodyException(
          "it is gzip; unpack it before you upload it, or pack the whole body and send Content-Encoding: gzip",
          0,
          0);
    }
  }
}
