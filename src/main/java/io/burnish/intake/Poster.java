package io.burnish.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who posts a job, and what it may post.
 *
 * @param owner of the job
 * @param maxRecords records of a job at most, besides the limit of the service; null: no other
 *     limit
 * @param costLimited whether the job gets a {@code maxCost} although it names none
 * @param directories paths below the data directory: a job may name these and what is below them;
 *     null: any
 */
public record Poster(
    String owner,
    @Nullable Integer maxRecords,
    boolean costLimited,
    @Nullable List<String> directories) {}
