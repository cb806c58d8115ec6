package io.burnish.job;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Jobs by id. */
@ApplicationScoped
class JobRepository implements PanacheRepositoryBase<Job, UUID> {}
