package io.burnish.job.stored;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The files of jobs. */
@ApplicationScoped
public class JobFileRepository implements PanacheRepositoryBase<JobFile, JobFile.Key> {

  /** The files of a job, in their order. */
  public List<JobFile> ofJob(UUID job) {
    return list("jobId", Sort.by("ordinal"), job);
  }
}
