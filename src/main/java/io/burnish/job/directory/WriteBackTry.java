package io.burnish.job.directory;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A write-back that this replica does now.
 *
 * @param fence of this try; another try has another one
 * @param number of the try, from 1
 * @param path below the root; {@code .} is the root
 * @param error of the try before; null: none
 * @param written ordinals of the files that are written
 * @param name of the job
 * @param profile of the job
 */
public record WriteBackTry(
    UUID job,
    int fence,
    int number,
    String path,
    @Nullable String error,
    Set<Integer> written,
    Optional<String> name,
    String profile) {}
